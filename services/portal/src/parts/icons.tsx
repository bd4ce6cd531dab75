import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 24 24"
      width="1.25em"
      height="1.25em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

// Drawn for this portal. An icon always stands beside a word, or on a control that has one.
export const TodayIcon = () => (
  <Icon>
    <path d="m3 18 6-9 4 6 3-4 5 7Z" />
    <circle cx="17.5" cy="5.5" r="2" />
  </Icon>
);
export const FindIcon = () => (
  <Icon>
    <circle cx="10.5" cy="10.5" r="6.5" />
    <path d="m15.5 15.5 5 5" />
  </Icon>
);
export const NeedsIcon = () => (
  <Icon>
    <path d="M5 4h14v11l-5 5H5Zm9 16v-5h5M8.5 9h7m-7 4h4" />
  </Icon>
);
export const InboxIcon = () => (
  <Icon>
    <path d="M3 13.5 6 5h12l3 8.5V19H3Zm0 0h5.5a3.5 3.5 0 0 0 7 0H21" />
  </Icon>
);
export const ProfileIcon = () => (
  <Icon>
    <path d="M4 20V9l8-5 8 5v11ZM9 20v-6h6v6" />
  </Icon>
);
export const PersonIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <path d="M6 11h12v9H6Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3" />
  </Icon>
);
export const PlaceIcon = () => (
  <Icon>
    <path d="M12 21c4.5-4.8 6.5-8.2 6.5-11a6.5 6.5 0 0 0-13 0c0 2.8 2 6.2 6.5 11Z" />
    <circle cx="12" cy="10" r="2.2" />
  </Icon>
);
export const ClockIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5l3.5 2" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M12 4 2.5 20h19ZM12 10v4.5m0 2.8v.1" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m4.5 12.5 5 5 10-11" />
  </Icon>
);
export const ArrowIcon = () => (
  <Icon>
    <path d="M4 12h15m-6-6 6 6-6 6" />
  </Icon>
);
