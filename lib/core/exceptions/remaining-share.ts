/** How much of a risk stays under the controls of an exception. */
import type { Control } from './exception.ts';

/** The most by which all controls together may lower each, 0–1. */
export interface ControlBounds {
  readonly likelihood: number;
  readonly impact: number;
}

/**
 * 0–1: the share of likelihood × impact that is left.
 *
 * Controls are taken to be independent: what one lets pass, the next one lowers. The order counts for nothing.
 * In millionths, so that 0.3 is said as 0.3.
 */
export function remainingShare(controls: readonly Pick<Control, 'lowers'>[], bounds: ControlBounds): number {
  const of = (figure: keyof ControlBounds): number => {
    // Sorted, so that the product is the same to the bit in every order.
    const passed = controls.map(({ lowers }) => 1 - lowers[figure]).sort((a, b) => a - b);
    const lowered = 1 - passed.reduce((product, one) => product * one, 1);
    return 1 - Math.min(lowered, bounds[figure]);
  };
  return Math.round(of('likelihood') * of('impact') * 1e6) / 1e6;
}
