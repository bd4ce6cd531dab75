/** The mark: two mountains over a lake, the water in the two colours of its shores. */
export function Mark({ size = 34 }: { size?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 48 48" width={size} height={size}>
      <path d="M3 28 17.5 8 26 20.5l5-6L45 28Z" fill="#f3ede0" />
      <path d="m17.5 8 5.1 7.4-3.5 2.3-2.3-1.8-3.7 1.8-.8-2.5Z" fill="#8fc3d4" />
      <path
        d="M4 33.5c5-2.8 8.8-2.8 13.3 0s8.4 2.8 13.3 0 8.4-2.8 13.4 0"
        fill="none"
        stroke="#8fc3d4"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path
        d="M9 40.5c4-2.3 6.8-2.3 10.2 0s6.4 2.3 10.2 0 6.2-2.3 9.6 0"
        fill="none"
        stroke="#e7b45c"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}
