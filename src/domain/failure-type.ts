/** Types of an activity's failure that a workflow tells apart; everything else is tried again. */
export const failureType = {
  /** The target or a limit said no; final, and not an error. */
  refused: 'Refused',
  /** What was asked cannot be done as asked; final. */
  invalid: 'Invalid',
} as const;
