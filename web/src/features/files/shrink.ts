import { withFacts } from './exif';

const longest_px = 2560;
const worth_shrinking_bytes = 1_500_000;

/** Fits a size into the longest side that is kept. */
export function fit(width: number, height: number, longest = longest_px): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** A big photo drawn smaller before it travels, with what the camera wrote into it; anything else, and any photo that would grow, stays as it is. */
export async function shrinkPhoto(file: File, longest = longest_px): Promise<File> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < worth_shrinking_bytes) return file;
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!picture) return file;
  const size = fit(picture.width, picture.height, longest);
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, size.width, size.height);
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.86);
  });
  if (!blob || blob.size >= file.size) return file;
  const [original, smaller] = await Promise.all([file.arrayBuffer(), blob.arrayBuffer()]);
  const whole = withFacts(new Uint8Array(original), new Uint8Array(smaller));
  return new File([whole as BlobPart], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg', lastModified: file.lastModified });
}
