import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  SegmentedControl,
} from '@mantine/core';

// Calm and clinical: a deep tide for what can be done, ember only for what suggests disease.
const tide: MantineColorsTuple = [
  '#eaf6f8',
  '#d3eaee',
  '#a6d4dc',
  '#7cc2cd',
  '#56adbb',
  '#30919f',
  '#1f7d8c',
  '#156a78',
  '#0f5663',
  '#0a424d',
];
const ember: MantineColorsTuple = [
  '#fff2ec',
  '#ffe1d6',
  '#fcc3b0',
  '#f7a288',
  '#ef8260',
  '#e0643f',
  '#c54e2b',
  '#a63e20',
  '#873219',
  '#6b2813',
];
const gray: MantineColorsTuple = [
  '#f6f8f9',
  '#eef2f4',
  '#e2e8ec',
  '#d2dae0',
  '#b9c4cc',
  '#8c9ba7',
  '#5c6b78',
  '#45535f',
  '#303c46',
  '#1c262e',
];
const dark: MantineColorsTuple = [
  '#dde4ea',
  '#bcc8d1',
  '#9dabb7',
  '#6b7a87',
  '#34414c',
  '#2a353f',
  '#1c252d',
  '#12191f',
  '#0d1318',
  '#080c10',
];

export const theme = createTheme({
  colors: { tide, ember, gray, dark },
  primaryColor: 'tide',
  // White on either has 4.5:1.
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '9px', lg: '14px', xl: '20px' },
  black: '#1c262e',
  fontFamily:
    'ui-sans-serif, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "Liberation Mono", monospace',
  headings: { fontWeight: '640' },
  cursorType: 'pointer',
  components: {
    Modal: Modal.extend({
      // Its header is no landmark of the page.
      defaultProps: { attributes: { header: { role: 'none' } } },
      styles: {
        content: { backgroundColor: 'var(--lucency-surface)' },
        header: { backgroundColor: 'var(--lucency-surface)' },
        title: { fontWeight: 620 },
      },
    }),
    SegmentedControl: SegmentedControl.extend({
      styles: {
        root: { backgroundColor: 'var(--lucency-quiet-ground)' },
        indicator: { backgroundColor: 'var(--lucency-chosen)' },
      },
    }),
  },
  respectReducedMotion: true,
});

/** Surfaces and tones that components use by meaning; each text tone has 4.5:1 on its own ground. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f4f7f8',
    '--mantine-color-dimmed': '#566470',
    '--mantine-color-error': '#b3261e',
    '--lucency-surface': '#ffffff',
    '--lucency-raised': '#f8fafb',
    '--lucency-chosen': '#ffffff',
    '--lucency-line': '#e0e7eb',
    '--lucency-good': '#0f5663',
    '--lucency-good-ground': '#e0f1f4',
    '--lucency-alarm': '#963619',
    '--lucency-alarm-ground': '#ffebe2',
    '--lucency-caution': '#7a4b00',
    '--lucency-caution-ground': '#fff3d6',
    '--lucency-caution-line': '#f0d79a',
    '--lucency-quiet': '#45535f',
    '--lucency-quiet-ground': '#e9eef1',
    '--lucency-bar-good': '#30919f',
    '--lucency-bar-alarm': '#d9592f',
  },
  dark: {
    '--mantine-color-body': '#0e1419',
    '--mantine-color-dimmed': '#9dabb7',
    '--mantine-color-error': '#ff9d92',
    '--lucency-surface': '#161e25',
    '--lucency-raised': '#1b242c',
    '--lucency-chosen': '#3d4b57',
    '--lucency-line': '#28333d',
    '--lucency-good': '#8fd3de',
    '--lucency-good-ground': '#123239',
    '--lucency-alarm': '#ffb59b',
    '--lucency-alarm-ground': '#43211a',
    '--lucency-caution': '#f6cf7d',
    '--lucency-caution-ground': '#33280f',
    '--lucency-caution-line': '#56431a',
    '--lucency-quiet': '#bcc8d1',
    '--lucency-quiet-ground': '#242e37',
    '--lucency-bar-good': '#4ea7b6',
    '--lucency-bar-alarm': '#ef8260',
  },
});
