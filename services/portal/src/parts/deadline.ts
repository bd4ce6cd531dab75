const DAY_MS = 86_400_000;

export interface Left {
  /** Whole days; negative once it is past. */
  days: number;
  /** How much it presses. */
  urgency: 'calm' | 'soon' | 'late';
}

/** How much time is left until a moment, in days as people count them: tomorrow is one day away, also at night. */
export function left(dueAt: Date, now: Date): Left {
  const days = Math.round((midnight(dueAt) - midnight(now)) / DAY_MS);
  if (dueAt.getTime() < now.getTime()) return { days, urgency: 'late' };
  return { days, urgency: days <= 2 ? 'soon' : 'calm' };
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
