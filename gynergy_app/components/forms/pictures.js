// A picture as it is sent: large ones are made smaller here, where the line is the bottleneck.

const LONGEST_SIDE = 2000;
const SMALL_ENOUGH = 1_500_000;
const MOST_PIXELS = 40_000_000;

/** Nothing about this file will be different the next time. */
export class Refused extends Error {}

/** What this browser cannot read goes as it is: the server says what is wrong with it. */
export async function fitted(file, maxMb) {
  const picture = await lighter(file).catch(() => file);
  if (picture.size <= maxMb * 1_048_576) return picture;
  throw new Refused(`This picture has ${Math.ceil(picture.size / 1_048_576)} MB. Choose one of at most ${maxMb} MB.`);
}

async function lighter(file) {
  const picture = await createImageBitmap(file);
  const isVast = picture.width * picture.height > MOST_PIXELS;
  if (file.size <= SMALL_ENOUGH && !isVast) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, picture.width * scale), Math.max(1, picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const smaller = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
  return isVast || smaller.size < file.size ? smaller : file;
}
