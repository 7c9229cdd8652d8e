// Unpack the Chromium that npm brought into $TMPDIR.
import chromium from "@sparticuz/chromium";

await chromium.executablePath();
