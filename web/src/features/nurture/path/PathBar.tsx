import { ArrowLeftOutlined, EditOutlined, EyeOutlined, HistoryOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurturePath } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import type { SaveState } from '@/ui/autosave';
import { useIsPhone } from '@/ui/media';
import { MenuButton } from '@/ui/MenuButton';
import { useName } from '@/ui/names';
import type { Definition } from './definition';
import { PathSwitch } from './PathSwitch';

export type Panel = 'preview' | 'versions' | 'name';
type Props = {
  path: NurturePath;
  definition: Definition;
  saving: SaveState;
  faults: { place: string; message: string }[];
  todos?: { place: string; message: string }[];
  undo: (() => void) | null;
  redo: (() => void) | null;
  mayChange: boolean;
  mayPublish: boolean;
  onPublish: () => void;
  onOpen: (panel: Panel) => void;
  onFault: (place: string) => void;
};

/** What can be done with a path as a whole, and how it stands. */
export function PathBar(props: Props) {
  const { path, definition, saving, faults, todos = [], undo, redo, mayChange, mayPublish, onPublish, onOpen, onFault } = props;
  const { t } = useTranslation('nurture');
  const name = useName();
  const phone = useIsPhone();
  const words = (label: string) => (phone ? undefined : label);
  const version = path.version ? t('version', { version: path.version }) : t('neverPublished');
  const state = saving !== 'saved' ? t(`save.${saving}`) : path.has_draft ? t('save.saved') : t('save.unchanged');
  return (
    <header className={css.bar}>
      <Link to="/nurture" aria-label={t('title')} className={css.back}>
        <ArrowLeftOutlined />
      </Link>
      <div className={css.title}>
        <span className={css.ruleHead}>
          <h1 className="clip">{name(definition.name)}</h1>
          {mayChange && <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('editor.rename')} title={t('editor.rename')} onClick={() => { onOpen('name'); }} />}
        </span>
        <small className={saving === 'failed' ? css.bad : 'muted'}>
          {version}
          {mayChange && (
            <>
              {' · '}
              <span role="status">{state}</span>
            </>
          )}
        </small>
      </div>
      {faults.length > 0 && (
        <MenuButton
          label={t('editor.faults', { count: faults.length })}
          named
          className={css.faultsButton}
          items={faults.map((fault, index) => ({ key: String(index), label: fault.message, run: () => { onFault(fault.place); } }))}
        >
          {t('editor.faults', { count: faults.length })}
        </MenuButton>
      )}
      {todos.length > 0 && (
        <MenuButton
          label={t('editor.todos', { count: todos.length })}
          named
          className={css.todosButton}
          items={todos.map((todo, index) => ({ key: String(index), label: todo.message, run: () => { onFault(todo.place); } }))}
        >
          {t('editor.todos', { count: todos.length })}
        </MenuButton>
      )}
      <div className={css.tools}>
        {mayChange && (
          <>
            <PathSwitch path={path} />
            <Button icon={<UndoOutlined />} disabled={!undo} aria-label={t('editor.undo')} title={t('editor.undo')} onClick={() => undo?.()} />
            <Button icon={<RedoOutlined />} disabled={!redo} aria-label={t('editor.redo')} title={t('editor.redo')} onClick={() => redo?.()} />
          </>
        )}
        {path.versions.length > 0 && (
          <Button icon={<HistoryOutlined />} aria-label={t('versions.title')} onClick={() => { onOpen('versions'); }}>
            {words(t('versions.title'))}
          </Button>
        )}
        {mayChange && (
          <>
            <Button icon={<EyeOutlined />} aria-label={t('preview.title')} disabled={faults.length > 0} onClick={() => { onOpen('preview'); }}>
              {words(t('preview.title'))}
            </Button>
            <Button type="primary" disabled={!mayPublish} onClick={onPublish}>
              {t('publish.yes')}
            </Button>
          </>
        )}
      </div>
    </header>
  );
}
