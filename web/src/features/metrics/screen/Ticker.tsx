import { useTranslation } from 'react-i18next';
import { useRanking } from '@/features/metrics/panels/panels';
import { useReached } from '@/features/metrics/panels/RankingList';
import { useName } from '@/ui/names';
import css from './screen.module.css';
import type { RankingAt } from './screen';

const most = 3;
const atOnce = 5;

function Best({ place }: { place: RankingAt }) {
  const { t } = useTranslation('screen');
  const name = useName();
  const reached = useReached();
  const found = useRanking({ ...place, unit: null });
  return (
    <li>
      <h3>{name(place.name)}</h3>
      {found.data?.items.slice(0, atOnce).map((one) => (
        <p key={one.person.id} className={css.place}>
          <span className="num">{one.rank}</span> {one.person.name} <strong className="num">{found.data && reached(found.data, one)}</strong>
        </p>
      ))}
      {found.data?.items.length === 0 && <p>{t('nobody')}</p>}
    </li>
  );
}

/** Who does best, one ranking beside the other. */
export function Ticker({ places }: { places: RankingAt[] }) {
  const { t } = useTranslation('screen');
  return (
    <ul className={css.ticker} aria-label={t('incentive')}>
      {places.slice(0, most).map((place) => (
        <Best key={`${place.board}-${String(place.place)}`} place={place} />
      ))}
    </ul>
  );
}
