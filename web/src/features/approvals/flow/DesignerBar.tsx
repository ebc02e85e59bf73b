import { ArrowLeftOutlined, EyeOutlined, HistoryOutlined, RedoOutlined, SettingOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FlowDetail, FlowProblem } from '@/api/types';
import { useConfirm } from '@/ui/confirm';
import { useIsPhone } from '@/ui/media';
import { MenuButton } from '@/ui/MenuButton';
import { useName } from '@/ui/names';
import type { SaveState } from '@/ui/autosave';
import type { Definition } from './definition';
import css from './pages.module.css';

type Props = {
  flow: FlowDetail;
  definition: Definition;
  saving: SaveState;
  faults: FlowProblem[];
  warnings: FlowProblem[];
  undo: (() => void) | null;
  redo: (() => void) | null;
  mayChange: boolean;
  busy: boolean;
  onPublish: () => void;
  onOpen: (panel: 'settings' | 'preview' | 'versions') => void;
  onFault: (node: string) => void;
};

/** What the check has found, each a way to where it stands. */
function Found({ found, label, isMild, onOpen }: { found: FlowProblem[]; label: string; isMild?: boolean; onOpen: (node: string) => void }) {
  if (found.length === 0) return null;
  return (
    <MenuButton
      label={label}
      named
      className={isMild ? css.warnings : css.faults}
      items={found.map((each, index) => ({ key: String(index), label: each.message, run: () => { onOpen(each.node); } }))}
    >
      {label}
    </MenuButton>
  );
}

/** What can be done with a flow as a whole, and how it stands. */
export function DesignerBar(props: Props) {
  const { flow, definition, saving, faults, warnings, undo, redo, mayChange, busy, onPublish, onOpen, onFault } = props;
  const { t } = useTranslation('approvals');
  const name = useName();
  const phone = useIsPhone();
  const ask = useConfirm();
  const state = saving !== 'saved' ? t(`flow.save.${saving}`) : flow.has_draft ? t('flow.save.saved') : flow.version ? t('flows.version', { number: flow.version }) : '';
  const words = (label: string) => (phone ? undefined : label);
  return (
    <header className={css.bar}>
      <Link to="/admin/flows" aria-label={t('flows.title')} className={css.back}>
        <ArrowLeftOutlined />
      </Link>
      <div className={css.title}>
        <h1 className="clip">{name(definition.name)}</h1>
        <small className={saving === 'failed' ? css.bad : 'muted'} role="status">
          {state}
        </small>
      </div>
      <Found found={faults} label={t('flow.faults', { count: faults.length })} onOpen={onFault} />
      <Found found={warnings} label={t('flow.warnings', { count: warnings.length })} isMild onOpen={onFault} />
      <div className={css.tools}>
        {mayChange && (
          <>
            <Button icon={<UndoOutlined />} disabled={!undo} aria-label={t('flow.undo')} title={t('flow.undo')} onClick={() => undo?.()} />
            <Button icon={<RedoOutlined />} disabled={!redo} aria-label={t('flow.redo')} title={t('flow.redo')} onClick={() => redo?.()} />
          </>
        )}
        {mayChange && (
          <Button icon={<SettingOutlined />} aria-label={t('flow.settings')} onClick={() => { onOpen('settings'); }}>
            {words(t('flow.settings'))}
          </Button>
        )}
        <Button icon={<HistoryOutlined />} aria-label={t('flow.versions')} onClick={() => { onOpen('versions'); }}>
          {words(t('flow.versions'))}
        </Button>
        <Button icon={<EyeOutlined />} aria-label={t('flow.preview')} onClick={() => { onOpen('preview'); }}>
          {words(t('flow.preview'))}
        </Button>
        {mayChange && (
          <Button
            type="primary"
            loading={busy}
            disabled={faults.length > 0 || (saving === 'saved' && !flow.has_draft)}
            onClick={() => {
              ask({
                title: t('flow.publishTitle', { number: (flow.versions[0]?.number ?? 0) + 1 }),
                text: t('flow.publishHint'),
                ok: t('flow.publish'),
                run: onPublish,
              });
            }}
          >
            {t('flow.publish')}
          </Button>
        )}
      </div>
    </header>
  );
}
