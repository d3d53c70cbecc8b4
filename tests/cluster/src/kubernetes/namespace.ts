/** Where the release is installed. */
export const namespace = 'lucency';
