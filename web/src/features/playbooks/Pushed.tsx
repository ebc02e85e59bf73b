import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlaybookPush } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './playbooks.module.css';
import { usePushes, useSeePushes } from './queries';

function One({ push, isSent }: { push: PlaybookPush; isSent: boolean }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  return (
    <li className={css.card}>
      <div className={css.name}>
        <span className={css.kind}>{name(push.kind_name)}</span>
        <Link to={`/playbooks/${push.entry_id}?push=${push.id}`}>{name(push.title)}</Link>
        {!isSent && push.is_new && <span className={css.tag}>{t('push.new')}</span>}
      </div>
      {push.note && <p>{push.note}</p>}
      {push.stage && (
        <p className="muted">
          {t('push.streak', { stage: name(push.stage.name), count: push.behind.length + push.hidden })}{' '}
          {push.behind.map((record) => (
            <Link key={record.id} to={recordPath(record.type, record.id)} style={{ marginRight: 8 }}>
              {record.title}
            </Link>
          ))}
        </p>
      )}
      <div className={css.facts}>
        <span>{dateTime(push.at)}</span>
        <span>{push.pushed_by?.name ?? t('push.rule')}</span>
        <span>{t('push.figures', { people: push.people, seen: push.seen, opened: push.opened })}</span>
      </div>
    </li>
  );
}

/** What was pushed to me, or by me: seen and opened figures, the records behind a rule's push. */
export function Pushed({ isSent }: { isSent: boolean }) {
  const { t } = useTranslation('playbooks');
  const pushes = usePushes(isSent);
  const { mutate: see } = useSeePushes();
  const unseen = pushes.data?.unseen ?? 0;
  useEffect(() => {
    if (!isSent && unseen > 0) see();
  }, [isSent, unseen, see]);
  return (
    <Faces query={pushes}>
      {(data) =>
        data.items.length === 0 ? (
          <Empty title={t(isSent ? 'push.noneSent' : 'push.none')} hint={t('push.hint')} />
        ) : (
          <ul className={css.list} style={{ marginTop: 12 }}>
            {data.items.map((push) => (
              <One key={push.id} push={push} isSent={isSent} />
            ))}
          </ul>
        )
      }
    </Faces>
  );
}
