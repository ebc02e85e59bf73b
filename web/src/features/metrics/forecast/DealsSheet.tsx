import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { money } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import css from './forecast.module.css';
import { percent, useForecastDeals, type Behind, type ForecastDeal, type Whose } from './forecast';

function Deal({ deal, currency }: { deal: ForecastDeal; currency: string }) {
  const { t } = useTranslation('forecast');
  const sum = deal.amount === null ? t('noAmount') : money(deal.amount, currency);
  return (
    <li>
      <Link to={recordPath('deal', deal.id)}>{deal.title}</Link>
      <span>{deal.chance === null ? sum : `${sum} × ${percent(deal.chance)} = ${money(Math.round(Number(deal.share)), currency)}`}</span>
      <small className="muted">{[deal.stage, deal.owner?.name, deal.unit, deal.is_due ? t('due') : ''].filter(Boolean).join(' · ')}</small>
      {deal.why.length > 0 && (
        <ul>
          {deal.why.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

type Props = { title: string; whose: Whose; currency: string; behind: Behind; onClose: () => void };

/** The deals behind a number of the forecast, each with its chance and why. */
export default function DealsSheet({ title, whose, currency, behind, onClose }: Props) {
  const { t } = useTranslation('forecast');
  const found = useForecastDeals(whose, behind);
  return (
    <Sheet size={640} title={title} onClose={onClose}>
      <Faces query={found} rows={8} isEmpty={(data) => data.pages[0]?.count === 0} empty={<Empty title={t('noDeals')} />}>
        {(data) => (
          <>
            <p className="muted">{t('deals', { count: data.pages[0]?.count ?? 0 })}</p>
            <ul className={css.deals}>
              {data.pages.flatMap((page) => page.items).map((deal) => (
                <Deal key={deal.id} deal={deal} currency={currency} />
              ))}
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
