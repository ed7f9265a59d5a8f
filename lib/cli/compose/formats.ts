/** Formats that commands read and write. */
export { toCycloneDx } from '../../adapters/cyclonedx/to-cyclonedx.ts';
export { readFeedFiles } from '../../adapters/feeds/read-feed-files.ts';
