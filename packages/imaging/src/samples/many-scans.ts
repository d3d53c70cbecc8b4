/** A progressive JPEG of next to no bytes with as many scans as asked for, each valid: up to 883. */
export function manyScansJpeg(width: number, height: number, scans: number): Uint8Array {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const segment = (code: number, body: readonly number[]) => [
    ...[0xff, code, (body.length + 2) >> 8, (body.length + 2) & 255],
    ...body,
  ];
  const oneCode = [1, ...Array<number>(15).fill(0)];
  const scan = (from: number, to: number, high: number, low: number) =>
    segment(0xda, [1, 1, 0, from, to, (high << 4) | low]);
  // One code of one bit: no difference. One code of one bit and fourteen more: the end of 32,767 blocks.
  const noDifference = Array<number>(Math.ceil(blocks / 8)).fill(0);
  const ends = packed(`0${'1'.repeat(14)}`.repeat(Math.ceil(blocks / 32_767)));
  const out = [
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    ...segment(0xc2, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, ...oneCode, 0x00]),
    ...segment(0xc4, [0x10, ...oneCode, 0xe0]),
    ...[...scan(0, 0, 0, 13), ...noDifference],
  ];
  for (let each = 1; each < scans; each += 1) {
    const low = 13 - Math.floor((each - 1) / 63);
    const band = 1 + ((each - 1) % 63);
    out.push(...scan(band, band, low === 13 ? 0 : low + 1, low), ...ends);
  }
  return Uint8Array.from([...out, 0xff, 0xd9]);
}

function packed(bits: string): number[] {
  const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  return (whole.match(/.{8}/g) ?? []).flatMap((each) => {
    const byte = Number.parseInt(each, 2);
    return byte === 0xff ? [byte, 0] : [byte];
  });
}
