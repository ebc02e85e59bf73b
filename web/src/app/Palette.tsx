import { PlusOutlined } from '@ant-design/icons';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SearchHit } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { useTypes } from '@/features/records/meta';
import { useSearch } from '@/features/records/search';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { useName } from '@/ui/names';
import css from './Palette.module.css';
import { typeIcon } from './icons';
import { useMenu } from './menu';

type Hit = { key: string; group: string; label: string; note?: string; clock?: SearchHit['clock']; icon: ReactNode; to: string };

function useHits(text: string): Hit[] {
  const { t } = useTranslation('app');
  const name = useName();
  const types = useTypes();
  const menu = useMenu();
  const search = useSearch(text, undefined, 12, true);
  const fits = (label: string) => label.toLowerCase().includes(text.trim().toLowerCase());
  const records = (text.trim() ? (search.data ?? []) : []).map((hit) => {
    const type = types.find((one) => one.key === hit.type);
    const notes = [type && name(type.name), hit.subtitle];
    return {
      key: `${hit.type}-${hit.id}`,
      group: t('palette.records'),
      label: hit.title,
      note: notes.filter(Boolean).join(' · '),
      clock: hit.clock,
      icon: typeIcon(type?.icon ?? '', hit.type),
      to: recordPath(hit.type, hit.id),
    };
  });
  const commands = types
    .filter((type) => type.can.create !== 'none')
    .map((type) => ({
      key: `new-${type.key}`,
      group: t('palette.commands'),
      label: t('palette.new', { type: name(type.name) }),
      icon: <PlusOutlined />,
      to: `/r/${type.key}/new`,
    }));
  const pages = menu
    .flatMap((group) => group.entries)
    .map((entry) => ({ key: `page-${entry.key}`, group: t('palette.pages'), label: entry.label, icon: entry.icon, to: entry.to }));
  return [...records, ...[...commands, ...pages].filter((hit) => fits(hit.label))];
}

/** Search and commands in one box, opened with Ctrl or Cmd and K. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  // What Enter was pressed on before anything was found: the first that is found for it is opened.
  const [awaited, setAwaited] = useState<string | null>(null);
  const hits = useHits(text);
  const chosen = Math.min(at, Math.max(0, hits.length - 1));

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
    };
  }, []);
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate(hit.to);
  };
  const found = awaited === text && text.trim() !== '' ? hits[0] : undefined;
  useEffect(() => {
    if (!found) return;
    onClose();
    void navigate(found.to);
  }, [found, navigate, onClose]);
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && hits.length === 0) setAwaited(text);
    if (event.key === 'Enter') open(hits[chosen]);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!step || hits.length === 0) return;
    event.preventDefault();
    setAt((chosen + step + hits.length) % hits.length);
  };

  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-label={t('palette.title')}
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <input
        className={css.input}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-hits"
        aria-activedescendant={hits[chosen] ? `hit-${hits[chosen].key}` : undefined}
        aria-label={t('palette.placeholder')}
        placeholder={t('palette.placeholder')}
        autoFocus
        value={text}
        onKeyDown={onKey}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setAwaited(null);
        }}
      />
      <div id="palette-hits" role="listbox" aria-label={t('palette.title')} className={css.hits}>
        {hits.length === 0 && <div className={css.nothing}>{t('palette.nothing', { text })}</div>}
        {hits.map((hit, index) => (
          <div key={hit.key}>
            {hits[index - 1]?.group !== hit.group && (
              <div className={css.group} role="presentation">
                {hit.group}
              </div>
            )}
            <div
              id={`hit-${hit.key}`}
              role="option"
              aria-selected={index === chosen}
              className={css.hit}
              onClick={() => {
                open(hit);
              }}
            >
              <span aria-hidden="true" className={css.icon}>
                {hit.icon}
              </span>
              <span className="clip">{hit.label}</span>
              {hit.note && (
                <span className={css.note} data-beside={hit.clock ? 'clock' : undefined}>
                  {hit.note}
                </span>
              )}
              {hit.clock && <ClockBadge clock={hit.clock} />}
            </div>
          </div>
        ))}
      </div>
      <div className={css.hint}>{t('palette.hint')}</div>
    </dialog>
  );
}
