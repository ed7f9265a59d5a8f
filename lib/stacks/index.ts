/** What other CDK apps use of Cavendish. */
export type { Subscriber } from './announcements/announcements.ts';
export { Cavendish, type CavendishProps } from './cavendish.ts';
export { CavendishStack, type CavendishStackProps } from './cavendish-stack.ts';
export type { OtherRegistry } from './registries/registries.ts';
