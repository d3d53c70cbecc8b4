import type { HeaderFacts } from './facts.js';
import type { View } from './view.js';

type ViewFacts = Pick<HeaderFacts, 'view' | 'bodyPart' | 'presentationIntent' | 'imageType'>;

/**
 * Defined terms of BodyPartExamined (PS3.16, annex L) that show no lungs. Devices write much else into it, so a word that is
 * not among them says nothing, and the gate decides.
 */
const otherParts = new Set(
  `ABDOMEN ANKLE ARM BLADDER BREAST BUTTOCK CALCANEUS CALF CAROTID CLAVICLE COCCYX CSPINE ELBOW EXTREMITY EYE FEMUR FINGER FOOT
  FOREARM HAND HEAD HIP HUMERUS IAC JAW KNEE LEG LSPINE LUMBARSPINE MANDIBLE MAXILLA NASALBONE NECK ORBIT PATELLA PELVIS RADIUS
  RADIUSULNA SCAPULA SHOULDER SINUS SKULL SPINE SSPINE TEETH THIGH THUMB THYROID TIBIA TIBIAFIBULA TMJ TOE TSPINE ULNA WRIST
  ZYGOMA`.split(/\s+/),
);

/** Values of ImageType by which devices mark pictures of bones or soft tissue alone, computed from two exposures. */
const computed =
  /^(BONE|SOFT[ _]?TISSUE|DUAL[ _]?ENERGY|ENERGY[ _]?SUBTRACTION|SUBTRACTION|BONE[ _]?SUPPRESS)/i;

/**
 * The view by which is decided whether an image is read, whoever sends it. OTHER, which is kept and shown and not read, are other parts of
 * the body; what a detector measured before it was processed for people; and pictures of one tissue, which are made besides the
 * one that a radiologist reads.
 */
export function viewToRead({ view, bodyPart, presentationIntent, imageType }: ViewFacts): View {
  if (view === 'LATERAL') return view;
  if (bodyPart && otherParts.has(bodyPart.replaceAll(/[ _-]/g, ''))) return 'OTHER';
  if (presentationIntent === 'FOR_PROCESSING') return 'OTHER';
  return imageType.some((value) => computed.test(value)) ? 'OTHER' : view;
}
