import classes from './sign-in.module.css';

/** The lake between its mountains, drawn for this page. */
export function Landscape() {
  return (
    <svg className={classes.landscape} aria-hidden="true" viewBox="0 0 1200 300" preserveAspectRatio="xMidYMax slice">
      <rect width="1200" height="300" className={classes.sky} />
      <circle cx="905" cy="118" r="34" className={classes.sun} />
      <path
        className={classes.far}
        d="M0 196 130 120l72 42 118-82 124 90 92-50 118 78 128-96 116 82 96-58 206 106v90H0Z"
      />
      <path
        className={classes.near}
        d="M0 240 96 192l98 40 128-86 150 98 92-36 112 38 148-80 132 78 108-46 136 58v60H0Z"
      />
      <path className={classes.water} d="M0 232c110-16 190-16 300 0s190 16 300 0 190-16 300 0 190 16 300 0v70H0Z" />
      <path
        className={classes.ripple}
        d="M90 262c44-10 76-10 118 0s74 10 116 0M560 274c44-10 76-10 118 0s74 10 116 0M880 256c44-10 76-10 118 0s74 10 116 0"
      />
    </svg>
  );
}
