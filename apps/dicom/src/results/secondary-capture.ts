import type { InstanceContext } from '@lucency/dicom';
import type { ViewingCopy } from '@lucency/imaging';
import { type CapturePicture, drawCapture } from './capture-picture.js';
import { codeItem, codes } from './codes.js';
import { commonElements } from './common-elements.js';
import { referenceTo } from './content-items.js';
import { type DerivedObject, encodeObject } from './derived-object.js';
import type { Elements } from './elements.js';
import type { ResultToSend } from './facts.js';
import { derivedUid } from './uids.js';

export const secondaryCaptureClass = '1.2.840.10008.5.1.4.1.1.7';

/**
 * The heatmap over the original as a Secondary Capture image (PS3.3, A.8.1); null where there is none to show.
 */
export async function secondaryCapture(
  result: ResultToSend,
  context: InstanceContext,
  view: ViewingCopy,
): Promise<DerivedObject | null> {
  const { heatmap, outcome, readingId, imageId } = result;
  if (!heatmap || outcome.kind !== 'read') return null;
  const picture = await drawCapture(view.bytes, { heatmap, reading: outcome, result });
  const { studyInstanceUid } = context;
  const sopInstanceUid = derivedUid('secondary-capture', readingId ?? imageId);
  return encodeObject(
    { sopClassUid: secondaryCaptureClass, sopInstanceUid, studyInstanceUid },
    {
      // A heatmap belongs to the reading, whoever signs what later.
      ...commonElements({ ...result, review: null }, context),
      ImageType: ['DERIVED', 'SECONDARY'],
      Modality: 'OT',
      ConversionType: 'WSD',
      SeriesInstanceUID: derivedUid(
        'secondary-capture-series',
        context.studyInstanceUid,
        context.patientId ?? '',
      ),
      SeriesNumber: '9102',
      SeriesDescription: 'Lucency: heatmap, not for diagnosis',
      // Unpaired, so that it has no laterality.
      BodyPartExamined: 'CHEST',
      InstanceNumber: '1',
      PatientOrientation: context.patientOrientation ? context.patientOrientation.split('\\') : '',
      // Our lines are burned in, though they name nobody: tools that take annotations out are to look at it.
      BurnedInAnnotation: 'YES',
      DerivationDescription: 'X-ray with a heatmap of the evidence for pneumonia; not for diagnosis',
      SourceImageSequence: [
        { ...referenceTo(context), PurposeOfReferenceCodeSequence: [codeItem(codes.sourceImage)] },
      ],
      ...pixelElements(picture),
      ...lossElements(view, context),
    },
  );
}

function pixelElements({ pixels, width, height }: CapturePicture) {
  return {
    SamplesPerPixel: 3,
    PhotometricInterpretation: 'RGB',
    PlanarConfiguration: 0,
    Rows: height,
    Columns: width,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    PixelData: [evenLength(pixels)],
  };
}

/** Copies for viewers go through a JPEG, all but the smallest. */
function lossElements(
  { mediaType, bytes, width, height }: ViewingCopy,
  { lossy }: InstanceContext,
): Elements {
  if (mediaType !== 'image/jpeg') return { LossyImageCompression: lossy ? '01' : '00' };
  return {
    LossyImageCompression: '01',
    LossyImageCompressionMethod: 'ISO_10918_1',
    LossyImageCompressionRatio: ((width * height) / bytes.length).toFixed(1),
  };
}

function evenLength(bytes: Uint8Array): ArrayBuffer {
  const even = new Uint8Array(bytes.length + (bytes.length % 2));
  even.set(bytes);
  return even.buffer;
}
