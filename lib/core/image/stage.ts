/** The stages of a container's life, from the loosest to the strictest. */
export const STAGES = ['development', 'testing', 'production'] as const;

export type Stage = (typeof STAGES)[number];
