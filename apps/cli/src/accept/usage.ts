export const acceptUsage = `Measures the model on a site's own labelled cases before the site relies on it. Not for diagnosis.

  npm run accept -- --data DIR [--prevalence P] [--purpose NAME] [--out DIR]
      DIR holds NORMAL/ and PNEUMONIA/ with DICOM, JPEG or PNG files, or manifest.csv (or is a CSV file) with the columns file,
      patient and label: NORMAL, PNEUMONIA or OTHER_ABNORMAL. docs/clinical/acceptance.md says how many cases it takes.
      --prevalence P   the share of pneumonia among the patients that the model will be shown, such as 0.08
      --purpose NAME   of the operating point that is saved: balanced (default), screening or rule-in
      --sensitivity S  what screening is to promise (default 0.95)
      --specificity S  what rule-in is to promise (default 0.95)
      --labels any     counts labels that a program found in reports, too, where people gave others
      --masks DIR      holds opacities as NAME.png, white inside, for images of the same names
      --draws N        repeats it on N random draws of --sizes A,B,... cases (default 20,50,100,200), half of them
                       pneumonias, and judges each on the patients who were not drawn
      --engine NAME    as for classify
      --out DIR        saves report.html, report.json, operating-point.json for
                       npm run classify -- --operating-point FILE, and readings.json, from which the next run with the
                       same --out goes on; none of them names a file or a patient

Exit code: 0 when every file was answered (a refusal is an answer), 1 when one could not be, 2 for anything wrong with the
command line or the cases.
`;
