/** How a command that is offered to the operators names their home: which stack it is they know. */
export const OPERATORS_HOME = ' --home aws:STACK';
