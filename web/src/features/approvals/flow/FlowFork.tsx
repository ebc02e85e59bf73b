import { ArrowLeftOutlined, ArrowRightOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useName } from '@/ui/names';
import type { Branch, Fork } from './definition';
import css from './FlowTree.module.css';
import { FlowList } from './FlowTree';
import { CheckMark, NodeMenu } from './NodeCard';
import { useDesigning } from './designing';
import { useConditionText } from './summary';
import { addressOf } from './tree';

function WayCard({ fork, branch, at }: { fork: Fork; branch: Branch; at: number }) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const words = useConditionText();
  const { act, opened } = useDesigning();
  const address = addressOf(fork.key, branch.key);
  const isDefault = branch.when === null;
  const last = fork.branches.length - 2;
  const inside = (
    <>
      <span className={css.wayHead}>
        <strong className="clip grow">{name(branch.name)}</strong>
        <small>{isDefault ? t('flow.default') : t('flow.priority', { number: at + 1 })}</small>
      </span>
      <span className={css.text}>{isDefault ? t('flow.defaultHint') : words(branch.when) || t('flow.noCondition')}</span>
    </>
  );
  return (
    <div className={css.way} data-opened={opened === address || undefined}>
      {act ? (
        <button
          type="button"
          className={css.body}
          onClick={() => {
            act.open(address);
          }}
        >
          {inside}
        </button>
      ) : (
        <div className={css.body}>{inside}</div>
      )}
      {act && !isDefault && (
        <span className={css.wayTools}>
          <button
            type="button"
            disabled={at === 0}
            aria-label={t('flow.earlier', { name: name(branch.name) })}
            onClick={() => {
              act.shiftBranch(address, -1);
            }}
          >
            <ArrowLeftOutlined />
          </button>
          <button
            type="button"
            disabled={at >= last}
            aria-label={t('flow.later', { name: name(branch.name) })}
            onClick={() => {
              act.shiftBranch(address, 1);
            }}
          >
            <ArrowRightOutlined />
          </button>
          <button
            type="button"
            aria-label={t('flow.removeBranch', { name: name(branch.name) })}
            onClick={() => {
              act.removeBranch(address);
            }}
          >
            <CloseOutlined />
          </button>
        </span>
      )}
    </div>
  );
}

/** A choice of ways side by side, tried from left to right; on a narrow screen from top to bottom. */
export function FlowFork({ fork }: { fork: Fork }) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const { act, marks } = useDesigning();
  const mark = marks.get(fork.key);
  return (
    <section className={css.fork} aria-label={name(fork.name)}>
      <div className={css.forkHead}>
        <span className={css.forkName}>{name(fork.name)}</span>
        {mark && (
          <span className={css.mark} data-tone={mark.tone}>
            {mark.text}
          </span>
        )}
        <CheckMark of={fork.key} />
        {act && (
          <button
            type="button"
            className={css.addWay}
            onClick={() => {
              act.addBranch(fork.key);
            }}
          >
            <PlusOutlined aria-hidden /> {t('flow.addBranch')}
          </button>
        )}
        <NodeMenu node={fork} />
      </div>
      <div className={css.ways}>
        {fork.branches.map((branch, index) => (
          <div key={branch.key} className={css.column}>
            <WayCard fork={fork} branch={branch} at={index} />
            <FlowList nodes={branch.nodes} branch={addressOf(fork.key, branch.key)} />
            <span className={css.tail} />
          </div>
        ))}
      </div>
    </section>
  );
}
