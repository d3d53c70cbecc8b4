import { engineNames } from '@lucency/model/card';

/** The command line was not understood; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was typed makes sense, but not what it names; exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

export const usage = `Reads chest X-rays from the shell with the same steps as the services. Not for diagnosis.

  npm run classify -- FILE|DIR... [--json] [--heatmap DIR] [--operating-point FILE] [--engine NAME]
      One line a file: decision, probability, threshold and what it claims, or why the image was refused; below it what
      type of pneumonia it looks like, a hint only, and cautions.
      A folder stands for the DICOM, JPEG and PNG files in it and in its folders, by name.
      --json         one JSON object a file instead
      --heatmap DIR  saves a transparent PNG of the image's shape, 224 pixels on the longer side, for each image in which
                     something speaks for pneumonia
      --operating-point FILE  decides as npm run accept found for a site, with its threshold, calibration and claims

  npm run evaluate -- --data DIR [--group-by COLUMN,...] [--masks DIR] [--engine NAME] [--out DIR]
      DIR holds NORMAL/ and PNEUMONIA/ with DICOM, JPEG or PNG files of any size. Files named as in the Kermany data set count
      by patient; any other file is a patient of its own. Or DIR holds manifest.csv (or is a CSV file) with the columns
      file, patient and label: NORMAL, PNEUMONIA or OTHER_ABNORMAL, the last judged apart. Labels of the column
      radiologist are preferred to those of text_mined; boxes_xywh_of_1024 holds boxes of opacities.
      --group-by     figures by these columns, too, such as view,sex; age makes a column age_band
      --masks DIR    holds opacities as NAME.png, white inside, for images of the same names
      --out DIR      saves report.json, MODEL_CARD.md, the plots as SVG, and predictions.csv, in which an image is
                     the first 16 digits of its sha256sum: a file name may tell who it is

  npm run accept -- --data DIR [--prevalence P] [--out DIR]
      Measures the model on a site's own cases; npm run accept -- --help says how.

  --engine NAME      ${engineNames.join(', ')} (default onnx-int8)
  ENGINE_DEVICE      gpu (default) or cpu, for tfjs-node; built once by npm run native [-- --gpu]
  LUCENCY_MODEL_DIR  the folder of another model than the one in models/

Exit code: 0 when every file was answered (a refusal is an answer), 1 when one could not be, 2 for a wrong
command line.
`;
