/**
 * SQL: whether the subject `s` (an alias of `subject`) takes another request today: it is not away, and has fewer open ones than it takes. Firms always do.
 * `today` is the placeholder of the day, `YYYY-MM-DD`.
 */
export function takesRequests(today: string): string {
  return `(s.type <> 'expert' OR (
    coalesce((SELECT l.open FROM load AS l WHERE l.expert_id = s.id), 0) < coalesce((s.features ->> 'capacity')::int, 1)
    AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(coalesce(s.features -> 'away', '[]')) AS a ("from" text, "to" text)
      WHERE a."from" <= ${today} AND ${today} <= a."to")))`;
}
