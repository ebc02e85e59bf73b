import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '@/ui/toast';
import phone from '@/phone/phone.module.css';
import type { Item, PhotoMark } from '@/phone/outbox/items';
import type { Outbox } from '@/phone/outbox/outbox';
import css from './capture.module.css';
import { FileTooBig, isOutOfRoom, keptPhoto } from './photos';
import { thePlatform } from './whereabouts';

/** A kept picture as the browser shows it. */
function usePicture(outbox: Outbox, id: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made = '';
    let isGone = false;
    void outbox.photo(id).then((photo) => {
      if (!photo || isGone) return;
      made = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
      setAddress(made);
    });
    return () => {
      isGone = true;
      URL.revokeObjectURL(made);
    };
  }, [outbox, id]);
  return address;
}

function Picture({ mark, outbox, onRemove }: { mark: PhotoMark; outbox: Outbox; onRemove: () => void }) {
  const { t } = useTranslation('followups');
  const address = usePicture(outbox, mark.client_id);
  return (
    <li className={css.photo}>
      {address && mark.kind === 'photo' ? <img src={address} alt={mark.name} /> : <span>{mark.name}</span>}
      <button type="button" aria-label={t('photo.remove', { name: mark.name })} onClick={onRemove}>
        ×
      </button>
    </li>
  );
}

type Props = { item: Item; kind: string; title: string; outbox: Outbox; ask: (purpose: string) => Promise<boolean> };

/** The pictures of an item: each lies on the phone as soon as it is taken. */
export function Photos({ item, kind, title, outbox, ask }: Props) {
  const { t } = useTranslation('followups');
  const say = useToast();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void thePlatform(); // There before the tap: a camera opens only at a tap.
  }, []);
  const take = async () => {
    if (!(await ask('photos'))) {
      say('info', t('photo.declined'));
      return;
    }
    setBusy(true);
    try {
      for (const file of await (await thePlatform()).takePhoto()) await outbox.addPhoto(await keptPhoto(file, item.client_id, kind));
    } catch (error) {
      say('bad', t(error instanceof FileTooBig ? 'photo.tooBig' : isOutOfRoom(error) ? 'photo.noRoom' : 'photo.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={phone.panel} aria-label={title}>
      <h2>{title}</h2>
      <ul className={css.photos}>
        {item.photos
          .filter((mark) => mark.kind === kind)
          .map((mark) => (
            <Picture key={mark.client_id} mark={mark} outbox={outbox} onRemove={() => void outbox.removePhoto(item.client_id, mark.client_id)} />
          ))}
        <li>
          <button type="button" className={css.camera} aria-busy={busy} onClick={() => void take()}>
            <svg viewBox="0 0 24 24" width="28" height="28" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
              <path d="M3 8h4l2-3h6l2 3h4v12H3z" strokeLinejoin="round" />
              <circle cx="12" cy="13.5" r="4" />
            </svg>
            {t('photo.take')}
          </button>
        </li>
      </ul>
    </section>
  );
}
