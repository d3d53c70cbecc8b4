/**
 * Encodes grey samples as a lossless JPEG (ITU-T T.81, annex H: SOF3, first predictor), as DICOM's transfer syntax
 * 1.2.840.10008.1.2.4.70 carries them.
 * @param samples [height, width], each below 2^bits.
 */
export function losslessJpeg(
  samples: ArrayLike<number>,
  width: number,
  height: number,
  bits = 8,
): Uint8Array {
  const out: number[] = [];
  const byte = (value: number) => out.push(value & 255);
  const word = (value: number) => out.push((value >> 8) & 255, value & 255);
  for (const value of [0xffd8, 0xffc3, 11]) word(value);
  byte(bits);
  word(height);
  word(width);
  for (const value of [1, 1, 0x11, 0]) byte(value);
  // Seventeen categories in codes of five bits.
  word(0xffc4);
  word(19 + 17);
  byte(0);
  for (let length = 1; length <= 16; length += 1) byte(length === 5 ? 17 : 0);
  for (let category = 0; category <= 16; category += 1) byte(category);
  word(0xffda);
  word(8);
  for (const value of [1, 1, 0, 1, 0, 0]) byte(value);

  let held = 0;
  let count = 0;
  const put = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      held = (held << 1) | ((value >> bit) & 1);
      count += 1;
      if (count < 8) continue;
      byte(held);
      if (held === 0xff) byte(0);
      held = 0;
      count = 0;
    }
  };
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = row * width + column;
      const above = row > 0 ? samples[at - width] : 1 << (bits - 1);
      const difference = (samples[at] ?? 0) - ((column > 0 ? samples[at - 1] : above) ?? 0);
      const category = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
      put(category, 5);
      if (category > 0) put(difference < 0 ? difference + (1 << category) - 1 : difference, category);
    }
  }
  while (count > 0) put(1, 1);
  word(0xffd9);
  return Uint8Array.from(out);
}
