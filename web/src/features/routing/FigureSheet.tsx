import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { Sheet } from '@/ui/Sheet';
import css from './Routing.module.css';
import { useFigureLeads, type Cell } from './routing';

/** The very leads that a figure of the report counts, newest first. */
export function FigureSheet({ cell, title, period, onClose }: { cell: Cell; title: string; period: { since: string; until: string }; onClose: () => void }) {
  const { t } = useTranslation('routing');
  const leads = useFigureLeads(cell, period);
  const pages = leads.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.items);
  return (
    <Sheet title={`${title} · ${String(pages[0]?.count ?? '')}`} onClose={onClose}>
      <Faces query={leads} rows={6} isEmpty={() => rows.length === 0} empty={<Empty title={t('report.noLeads')} />}>
        {() => (
          <>
            <ul className={css.leads} aria-label={title}>
              {rows.map((lead) => (
                <li key={lead.id}>
                  <Link to={recordPath(lead.type, lead.id)}>{lead.title}</Link>
                  <span className="muted">{lead.is_removed ? t('report.removed') : (lead.owner?.name ?? t('pool'))}</span>
                </li>
              ))}
            </ul>
            {leads.hasNextPage && (
              <Button block loading={leads.isFetchingNextPage} onClick={() => void leads.fetchNextPage()}>
                {t('report.more')}
              </Button>
            )}
          </>
        )}
      </Faces>
    </Sheet>
  );
}
