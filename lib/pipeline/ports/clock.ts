/** Time is passed in: only composition roots read a clock. */
export type Clock = () => Date;
