import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const chartFolder = `${root}deploy/helm/lucency`;
export const imagesFolder = `${root}deploy/images`;
export const chartTests = `${root}tests/chart`;
