import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Integration } from '@/api/types';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import { Differences } from './Differences';
import { useReadDirectory, useSync } from './integrations';
import css from './integrations.module.css';

/** The provider's address book against the organisation: read first, applied on demand. */
export function Directory({ integration }: { integration: Integration }) {
  const { t } = useTranslation('integrations');
  const say = useToast();
  const read = useReadDirectory(integration.key);
  const [opened, setOpened] = useState<number | null>(integration.last_sync?.id ?? null);
  const sync = useSync(integration.key, opened);
  const last = integration.last_sync;
  return (
    <section className={css.panel} aria-label={t('directory.title')}>
      <header className={css.head}>
        <h2>{t('directory.title')}</h2>
        {last && <span className="muted">{t(`directory.state.${last.state}`, { at: dateTime(last.applied_at ?? last.read_at), name: (last.applied_by ?? last.read_by)?.name ?? '–' })}</span>}
        {integration.sync_due_since && <span className={css.warn}>{t('directory.due', { at: dateTime(integration.sync_due_since) })}</span>}
        <Button
          loading={read.isPending}
          disabled={!integration.is_complete}
          onClick={() => {
            read.mutate(undefined, {
              onSuccess: (found) => {
                setOpened(found.id);
              },
              onError: (error) => {
                say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
              },
            });
          }}
        >
          {t('directory.read')}
        </Button>
      </header>
      <p className="muted">{t('directory.hint')}</p>
      {opened !== null && <Faces query={sync}>{(found) => <Differences key={`${found.id}-${found.state}`} provider={integration.key} sync={found} />}</Faces>}
    </section>
  );
}
