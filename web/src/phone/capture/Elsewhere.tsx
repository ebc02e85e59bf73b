import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FollowUp } from '@/api/types';
import { useFollowUps } from '@/features/fieldwork/followups';
import { useMe } from '@/features/identity/session';
import phone from '@/phone/phone.module.css';
import type { Item } from '@/phone/outbox/items';
import { useOutbox } from '@/phone/outbox/useOutbox';
import { ago } from '@/ui/format';
import css from './capture.module.css';

/** A draft that the server has, as this phone goes on with it; its pictures are there already. */
function adopted(draft: FollowUp): Item {
  const { client_id, kind, record, customer, at, text, ticks, next_at, place, files, id, version, missing } = draft;
  const store = Object.fromEntries(Object.entries(draft.store).map(([key, value]) => [key, typeof value === 'string' ? value : '']));
  return {
    client_id,
    state: 'draft',
    kind,
    record,
    stage: null,
    customer,
    contact_id: draft.contact?.id ?? null,
    at,
    text,
    ticks,
    next_at,
    store,
    place: place && { ...place, accuracy_m: place.accuracy_m ?? 0, at: place.at ?? at },
    photos: files.map((file) => ({ client_id: file.client_id, kind: file.kind, name: file.name })),
    changed_at: Date.now(),
    tries: 0,
    problem: null,
    server: { id, version, missing },
  };
}

/** Drafts that one began elsewhere: at a desk, or on another phone. */
export function Elsewhere({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation('followups');
  const me = useMe();
  const go = useNavigate();
  const { outbox } = useOutbox();
  const found = useFollowUps({ author: me.id, state: 'draft' }).data?.pages.flatMap((page) => page.items) ?? [];
  const others = found.filter((draft) => !items.some((item) => item.client_id === draft.client_id));
  if (others.length === 0) return null;
  const adopt = async (draft: FollowUp) => {
    await outbox.save(adopted(draft));
    await go(`/followup/${draft.client_id}`);
  };
  return (
    <section aria-labelledby="outbox-elsewhere">
      <h2 id="outbox-elsewhere" className={css.group}>
        {t('outbox.elsewhere')} ({others.length})
      </h2>
      <ul className={phone.cards}>
        {others.map((draft) => (
          <li key={draft.id} className={css.item}>
            <strong>{draft.customer?.name ?? draft.record.title}</strong>
            <span className="muted">{ago(draft.at)}</span>
            {draft.text && <span className="clip">{draft.text}</span>}
            <div className={css.row}>
              <button type="button" onClick={() => void adopt(draft)}>
                {t('goOn')}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
