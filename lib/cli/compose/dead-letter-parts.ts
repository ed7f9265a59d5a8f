/** Where what ended badly lies, in a home, and where it goes back to. */
import type { RedrivePorts } from '../../pipeline/dead-letters/redrive.ts';
import type { DeadLetterBox } from '../../pipeline/ports/dead-letter-box.ts';

export interface DeadLetterParts extends DeadLetterBox {
  readonly ports: RedrivePorts;
  close(): void;
}
