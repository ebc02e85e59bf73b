import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Avatar } from '@/ui/Avatar';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
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
    <Sheet size={480} title={[title, pages[0]?.count].filter((one) => one !== undefined).join(' · ')} onClose={onClose}>
      <Faces query={leads} rows={6} isEmpty={() => rows.length === 0} empty={<Empty title={t('report.noLeads')} />}>
        {() => (
          <>
            <div className={css.leadHead} aria-hidden="true">
              <span>{t('report.lead')}</span>
              <span>{t('report.ownerNow')}</span>
            </div>
            <ul className={css.leads} aria-label={title}>
              {rows.map((lead) => (
                <li key={lead.id}>
                  <span className={css.lead}>
                    {lead.is_removed ? <span>{lead.title}</span> : <Link to={recordPath(lead.type, lead.id)}>{lead.title}</Link>}
                    <small>{t('report.cameIn', { at: dateTime(lead.created_at) })}</small>
                  </span>
                  {lead.is_removed || !lead.owner ? (
                    <span className="muted">{t(lead.is_removed ? 'report.removed' : 'pool')}</span>
                  ) : (
                    <span className={css.owner}>
                      <Avatar name={lead.owner.name} size={22} /> {lead.owner.name}
                    </span>
                  )}
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
