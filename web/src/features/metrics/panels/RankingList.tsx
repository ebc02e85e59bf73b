import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Ranking, RankingPlace } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Avatar } from '@/ui/Avatar';
import { Empty, Faces } from '@/ui/faces';
import { Footing } from '@/features/metrics/Panel';
import { percent } from '@/features/metrics/told';
import css from './panels.module.css';
import { useRanking, type At } from './panels';

/** Somebody's number as it is read. */
export function useReached(): (ranking: Pick<Ranking, 'unit'>, place: RankingPlace) => string {
  const { t } = useTranslation('metrics');
  return ({ unit }, { value }) => (unit === 'share' ? percent(value, 0) : t(unit === 'days' ? 'ranking.days' : 'ranking.count', { count: value }));
}

function Row({ ranking, place }: { ranking: Ranking; place: RankingPlace }) {
  const { t } = useTranslation('metrics');
  const reached = useReached();
  return (
    <>
      <span className={css.rank} data-rank={place.rank}>{place.rank}</span>
      <Avatar name={place.person.name} size={26} />
      <span className={css.who}>
        {place.person.name}
        {place.is_me && <em> {t('ranking.me')}</em>}
        <small>{place.record ? <Link to={recordPath(place.record.type, place.record.id)}>{place.record.title}</Link> : place.unit}</small>
      </span>
      <strong className="num">{reached(ranking, place)}</strong>
    </>
  );
}

/** The first places of a ranking, and one's own where it lies further back. */
export function RankingList({ at }: { at: At }) {
  const { t } = useTranslation('metrics');
  const found = useRanking(at);
  return (
    <Faces query={found} rows={4}>
      {(data) => (
        <>
          {data.items.length === 0 ? (
            <Empty title={t('ranking.nobody')} hint={t('ranking.nobodyHint')} />
          ) : (
            <ol className={css.ranking}>
              {data.items.map((place) => (
                <li key={place.person.id} data-mine={place.is_me || undefined}>
                  <Row ranking={data} place={place} />
                </li>
              ))}
              {data.mine && !data.items.some((place) => place.is_me) && (
                <li data-mine className={css.further}>
                  <Row ranking={data} place={data.mine} />
                </li>
              )}
            </ol>
          )}
          <Footing figures={data} />
        </>
      )}
    </Faces>
  );
}
