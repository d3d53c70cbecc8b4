/** What a training's report is measured on, in its model card's words. */
export const testedOn = 'the test patients, who chose nothing';
