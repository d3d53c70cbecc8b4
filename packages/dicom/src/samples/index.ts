export { encodeByWasm, encodeRle, type Shades } from './encode-frame.js';
export { dicomFile, type ElementToWrite, fragments } from './write-dicom.js';
export { type CompressedFrame, type XRayFileOptions, xRayFile } from './x-ray-file.js';
