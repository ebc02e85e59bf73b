import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { dateTime, money } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import css from './targets.module.css';
import { useTargetDeals, type Came } from './targets';

/** The deals behind what was won in some days, each with its amount. */
export default function TargetDeals({ came, onClose }: { came: Came; onClose: () => void }) {
  const { t } = useTranslation('targets');
  const found = useTargetDeals(came);
  return (
    <Sheet size={560} title={came.title} onClose={onClose}>
      <Faces query={found} rows={8} isEmpty={(data) => data.pages[0]?.count === 0} empty={<Empty title={t('noDeals')} />}>
        {(data) => (
          <>
            <p className="muted">{t('deals', { count: data.pages[0]?.count ?? 0 })}</p>
            <ul className={css.deals}>
              {data.pages.flatMap((page) =>
                page.items.map((deal) => (
                  <li key={deal.id}>
                    <Link to={recordPath('deal', deal.id)}>{deal.title}</Link>
                    <span className="num">{money(deal.amount, page.currency)}</span>
                    <small className="muted">{[dateTime(deal.won_at), deal.owner?.name, deal.unit].filter(Boolean).join(' · ')}</small>
                  </li>
                )),
              )}
            </ul>
          </>
        )}
      </Faces>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </Button>
      )}
    </Sheet>
  );
}
