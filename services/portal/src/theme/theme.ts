import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The lake, from haze to depth. White on 6 and darker is at least 5:1. */
const lake: MantineColorsTuple = [
  '#edf5f8',
  '#d6e8ee',
  '#b0d2de',
  '#8fc3d4',
  '#5a9fb6',
  '#3a8099',
  '#25687f',
  '#1b5970',
  '#16485c',
  '#0f3443',
];
/** Larches in October. */
const larch: MantineColorsTuple = [
  '#fdf5e6',
  '#f9e7c6',
  '#f2cf8f',
  '#e7b45c',
  '#d59a37',
  '#b87d1e',
  '#976313',
  '#7d500e',
  '#643f0b',
  '#4a2e07',
];
/** Meadows. */
const meadow: MantineColorsTuple = [
  '#eef6ee',
  '#d8ebd9',
  '#b3d6b6',
  '#8cc091',
  '#62a46a',
  '#438a4d',
  '#31733c',
  '#286132',
  '#1f4e28',
  '#16391d',
];
/** Wild roses: what failed, what is late. */
const rose: MantineColorsTuple = [
  '#fdf0f0',
  '#f9dcdc',
  '#f2b8b8',
  '#ec9a9a',
  '#dc6a6a',
  '#c94848',
  '#b03030',
  '#942525',
  '#771c1c',
  '#561313',
];
/** The lake at night. */
const dark: MantineColorsTuple = [
  '#e4edf1',
  '#c9d6dc',
  '#a9bcc5',
  '#7b939f',
  '#4a6472',
  '#314a58',
  '#1b313d',
  '#122530',
  '#0d1c25',
  '#08131a',
];

/** The look of the portal. Sizes are in rem: who needs larger letters gets a larger page. */
export const theme = createTheme({
  colors: { lake, larch, meadow, rose, dark },
  primaryColor: 'lake',
  primaryShade: { light: 7, dark: 6 },
  white: '#ffffff',
  black: '#16242c',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, monospace',
  headings: { fontWeight: '650', textWrap: 'balance' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Switch: { defaultProps: { size: 'md' } },
    Modal: { defaultProps: { centered: true, radius: 'lg' } },
  },
});

/** What Mantine's defaults paint too faintly, and the colours of our own parts. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f8f6f1',
    '--mantine-color-text': '#16242c',
    '--mantine-color-dimmed': '#4b5d67',
    '--mantine-color-placeholder': '#5f717b',
    '--mantine-color-error': '#a52828',
    '--mantine-color-anchor': '#1b5970',
    '--mantine-color-default-border': '#8298a2',
    '--card': '#ffffff',
    '--card-edge': '#dcd8cd',
    '--quiet': '#efece4',
    '--marked': '#fbe3ae',
    '--marked-text': '#3d2700',
    '--head': '#16485c',
    '--head-text': '#ffffff',
    '--head-quiet': '#cfe3ea',
    '--focus': '#1b5970',
    '--good': '#286132',
    '--caution': '#7d500e',
    '--bad': '#a52828',
  },
  dark: {
    '--mantine-color-body': '#0d1c25',
    '--mantine-color-text': '#e4edf1',
    '--mantine-color-dimmed': '#a9bcc5',
    '--mantine-color-placeholder': '#93a9b4',
    '--mantine-color-error': '#f2a3a3',
    '--mantine-color-anchor': '#8fc3d4',
    '--mantine-color-default-border': '#66808d',
    '--card': '#152a36',
    '--card-edge': '#2a4351',
    '--quiet': '#1b313d',
    '--marked': '#6b4a10',
    '--marked-text': '#fdf0d2',
    '--head': '#0a2733',
    '--head-text': '#ffffff',
    '--head-quiet': '#b0d2de',
    '--focus': '#8fc3d4',
    '--good': '#8cc091',
    '--caution': '#f2cf8f',
    '--bad': '#f2a3a3',
  },
});
