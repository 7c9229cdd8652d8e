// Unpack the Chromium that npm brought into $TMPDIR and print where it is.
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
