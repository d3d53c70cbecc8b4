import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dicomFile, fragments } from '@lucency/dicom/samples';
import { drawPhantom } from '@lucency/imaging';

/** Computed radiography has one component; whatever has three is a secondary capture. */
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';
const jpegBaseline = '1.2.840.10008.1.2.4.50';
/** Below the root of UIDs that follow from a UUID; the same sample has the same. */
const root = '2.25.329800735698586629295641978511506172918';

export interface DicomFacts {
  studyInstanceUid: string;
  sopInstanceUid: string;
  reference: string;
  ageMonths: number;
  /** Pixels of the JPEG. */
  width: number;
  height: number;
}

/** A drawn chest of nobody as DICOM: its JPEG within a secondary capture. */
export function dicomOf(jpeg: Uint8Array, facts: DicomFacts): Uint8Array {
  const { studyInstanceUid, sopInstanceUid, reference, ageMonths, width, height } = facts;
  const uid = (tag: number, value: string) => ({ tag, vr: 'UI', value });
  const text = (tag: number, vr: string, value: string) => ({ tag, vr, value });
  const short = (tag: number, value: number) => ({ tag, vr: 'US', value: [value] });
  return dicomFile(
    [
      text(0x00080008, 'CS', 'DERIVED\\SECONDARY'),
      uid(0x00080016, secondaryCapture),
      uid(0x00080018, sopInstanceUid),
      text(0x00080020, 'DA', '20260105'),
      text(0x00080030, 'TM', '093000'),
      text(0x00080050, 'SH', ''),
      text(0x00080060, 'CS', 'CR'),
      text(0x00080064, 'CS', 'SYN'),
      text(0x00080070, 'LO', ''),
      text(0x00080090, 'PN', ''),
      text(0x00100010, 'PN', 'DRAWN^BY CODE'),
      text(0x00100020, 'LO', reference),
      text(0x00100030, 'DA', ''),
      text(0x00100040, 'CS', ''),
      text(0x00101010, 'AS', `${String(ageMonths).padStart(3, '0')}M`),
      text(0x00180015, 'CS', 'CHEST'),
      text(0x00185101, 'CS', 'PA'),
      uid(0x0020000d, studyInstanceUid),
      uid(0x0020000e, `${studyInstanceUid}.1`),
      text(0x00200010, 'SH', ''),
      text(0x00200011, 'IS', '1'),
      text(0x00200013, 'IS', '1'),
      text(0x00200020, 'CS', 'L\\F'),
      // The drawn JPEG has three components, all of them grey.
      short(0x00280002, 3),
      text(0x00280004, 'CS', 'YBR_FULL_422'),
      short(0x00280006, 0),
      short(0x00280010, height),
      short(0x00280011, width),
      short(0x00280100, 8),
      short(0x00280101, 8),
      short(0x00280102, 7),
      short(0x00280103, 0),
      text(0x00282110, 'CS', '01'),
      { tag: 0x7fe00010, vr: 'OB', value: fragments([jpeg]), undefinedLength: true },
    ],
    jpegBaseline,
  );
}

export interface DrawnDicom extends Pick<DicomFacts, 'reference' | 'ageMonths'> {
  seed: number;
  pneumonia: boolean;
}

export async function drawDicom({ seed, pneumonia, ...facts }: DrawnDicom): Promise<Uint8Array> {
  const [width, height] = [1500, 1200];
  const studyInstanceUid = `${root}.${seed}`;
  const sopInstanceUid = `${studyInstanceUid}.1.1`;
  const jpeg = await drawPhantom({ seed, pneumonia, width, height });
  return dicomOf(jpeg, { ...facts, studyInstanceUid, sopInstanceUid, width, height });
}

export function drawnDicomFile(home: string): string {
  return join(home, 'samples', 'drawn-chest.dcm');
}

/** For people to send. */
export async function writeDrawnDicom(home: string): Promise<void> {
  const file = drawnDicomFile(home);
  await mkdir(dirname(file), { recursive: true });
  const drawn = { seed: 108, pneumonia: true, reference: 'SAMPLE-108', ageMonths: 38 };
  await writeFile(file, await drawDicom(drawn));
}
