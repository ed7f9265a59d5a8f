/** The appetites that come with Cavendish. */
export { type Preset, PRESETS, presetText } from '../../adapters/defaults/presets.ts';
