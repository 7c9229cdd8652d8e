const SIDE = 256;
const QUALITY = 0.86;

/** The middle of a picture as a small square. It is drawn anew, so nothing that a camera wrote
 *  beside it goes along. */
export async function square(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  const brush = canvas.getContext("2d")!;
  brush.imageSmoothingQuality = "high";
  brush.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture"))), "image/webp", QUALITY),
  );
}
