export type View = 'PA' | 'AP' | 'LATERAL' | 'OTHER' | 'UNKNOWN';

export interface ViewFacts {
  /** ViewPosition (0018,5101). */
  position: string | null;
  /** PatientOrientation (0020,0020): where the rows and the columns lead to. */
  orientation: string[];
  /** The code of ViewCodeSequence (0054,0220), of SNOMED CT or, in older files, RT. */
  code: string | null;
}

const viewOfPosition: Readonly<Record<string, View>> = {
  PA: 'PA',
  AP: 'AP',
  LL: 'LATERAL',
  RL: 'LATERAL',
  LAT: 'LATERAL',
  LATERAL: 'LATERAL',
  LLAT: 'LATERAL',
  RLAT: 'LATERAL',
};

/** Of context group 4010 (PS3.16); all its other views are neither frontal nor lateral. */
const viewOfCode: Readonly<Record<string, View>> = {
  '272479007': 'PA',
  'R-40888': 'PA',
  'R-10214': 'PA',
  '399348003': 'AP',
  'R-10206': 'AP',
  '399067008': 'LATERAL',
  'R-102CD': 'LATERAL',
  '399198007': 'LATERAL',
  'R-10232': 'LATERAL',
  '399173006': 'LATERAL',
  'R-10236': 'LATERAL',
  // Frontal, without a direction.
  '399033003': 'UNKNOWN',
  'R-10202': 'UNKNOWN',
};

/** The view of a chest X-ray; the first of position, code and orientation that says one decides. */
export function viewOf({ position, orientation, code }: ViewFacts): View {
  if (position) return viewOfPosition[position] ?? 'OTHER';
  if (code) return viewOfCode[code] ?? 'OTHER';
  // Rows that lead to the front or the back are those of a picture taken from the side. To the left or right: of a frontal
  // one, which hangs alike whether PA or AP.
  return /^[AP]/.test(orientation[0] ?? '') ? 'LATERAL' : 'UNKNOWN';
}
