import { useTranslation } from 'react-i18next';
import { AREAS, BORDER_LINE, SIZE } from './region.js';
import classes from './region-map.module.css';

interface Props {
  counts: ReadonlyMap<string, number>;
  chosen: readonly string[];
  choose: (code: string) => void;
}

/** The border region with how many are where. For the pointer alone: the list below it says and does the same for everybody. */
export function RegionMap({ counts, chosen, choose }: Props) {
  const { t } = useTranslation('find');
  const most = Math.max(1, ...AREAS.map(({ code }) => counts.get(code) ?? 0));
  return (
    <figure className={classes.figure}>
      <svg className={classes.map} aria-hidden="true" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}>
        {AREAS.map(({ code, path, short, x, y }) => {
          const count = counts.get(code) ?? 0;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: hidden from keyboards and readers, which have the list
            <g
              key={code}
              className={classes.area}
              data-chosen={chosen.includes(code) || undefined}
              data-level={count === 0 ? 0 : Math.ceil((count / most) * 3)}
              onClick={() => choose(code)}
            >
              <path d={path} />
              <text x={x} y={y - 3}>
                {short}
              </text>
              <text x={x} y={y + 13} className={classes.count}>
                {count}
              </text>
            </g>
          );
        })}
        <path className={classes.border} d={BORDER_LINE} />
      </svg>
      <figcaption className="heard">{t('filters.map')}</figcaption>
    </figure>
  );
}
