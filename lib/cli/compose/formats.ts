/** Formats that commands read and write. */
export { toCycloneDx } from '../../adapters/cyclonedx/to-cyclonedx.ts';
export { feedFiles } from '../../adapters/feeds/feed-files.ts';
