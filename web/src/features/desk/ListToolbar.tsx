import { AppstoreOutlined, FilterOutlined, PlusOutlined, SearchOutlined, SettingOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TypeMeta } from '@/api/types';
import { ruleCount } from '@/features/fields/conditions';
import { useAddress } from '@/features/records/address';
import { stageOf } from '@/features/records/meta';
import { useIsPhone } from '@/ui/media';
import { useName } from '@/ui/names';
import css from './ListToolbar.module.css';
import { parseFilter, type ListState } from './listState';

const FilterPanel = lazy(() => import('./FilterPanel'));
const ColumnChooser = lazy(() => import('./ColumnChooser'));

function QuickSearch({ value }: { value: string }) {
  const { t } = useTranslation('desk');
  const address = useAddress();
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const timer = useRef(0);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      address.set({ q: next.trim() || null }, true);
    }, 300);
  };
  return (
    <label className={css.search}>
      <SearchOutlined aria-hidden />
      <input
        type="search"
        aria-label={t('quickSearch')}
        placeholder={t('quickSearch')}
        value={text}
        onChange={(event) => {
          type(event.target.value);
        }}
      />
    </label>
  );
}

/** Search, filter, form of display, columns, and making a new record. */
export function ListToolbar({ type, state, extra }: { type: TypeMeta; state: ListState; extra?: ReactNode }) {
  const { t } = useTranslation('desk');
  const name = useName();
  const phone = useIsPhone();
  const address = useAddress();
  const [filtering, setFiltering] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const rules = ruleCount(parseFilter(state.filter));
  const kinds = type.stages.length > 0 ? (['table', 'board'] as const) : [];
  const stage = stageOf(type, state.stage);
  return (
    <>
      <div className={css.bar}>
        <QuickSearch value={state.q} />
        <button
          type="button"
          className={css.button}
          aria-expanded={filtering}
          data-on={rules > 0 || undefined}
          onClick={() => {
            setFiltering(!filtering);
          }}
        >
          <FilterOutlined aria-hidden /> <span className={phone ? 'sr-only' : ''}>{t('filter.button')}</span>
          {rules > 0 && <b>{rules}</b>}
        </button>
        {stage && (
          <button
            type="button"
            className={css.chip}
            onClick={() => {
              address.set({ stage: null });
            }}
          >
            {name(stage.name)} ✕<span className="sr-only">{t('clear', { ns: 'ui' })}</span>
          </button>
        )}
        <span className="grow" />
        {kinds.length > 0 && (
          <div className={css.kinds} role="group" aria-label={t('kind.title')}>
            {kinds.map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={state.kind === kind}
                title={t(`kind.${kind}`)}
                aria-label={t(`kind.${kind}`)}
                onClick={() => {
                  address.set({ kind });
                }}
              >
                {kind === 'table' ? <UnorderedListOutlined /> : <AppstoreOutlined />}
              </button>
            ))}
          </div>
        )}
        {!phone && state.kind === 'table' && (
          <button
            type="button"
            className={css.button}
            aria-label={t('columns.title')}
            title={t('columns.title')}
            onClick={() => {
              setChoosing(true);
            }}
          >
            <SettingOutlined />
          </button>
        )}
        {!phone && extra}
        {type.can.create !== 'none' && (
          <Link to={`/r/${type.key}/new`} className={css.primary} aria-label={t('newRecord', { type: name(type.name) })}>
            <PlusOutlined aria-hidden />
            {!phone && t('newRecord', { type: name(type.name) })}
          </Link>
        )}
      </div>
      {filtering && (
        <Suspense fallback={null}>
          <FilterPanel
            type={type}
            filter={state.filter}
            onClose={() => {
              setFiltering(false);
            }}
          />
        </Suspense>
      )}
      {choosing && (
        <Suspense fallback={null}>
          <ColumnChooser
            type={type}
            columns={state.columns}
            onClose={() => {
              setChoosing(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
