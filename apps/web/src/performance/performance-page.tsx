'use client';

import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { IconChartDots, IconCloudOff } from '@tabler/icons-react';
import { sentenceFor } from '../api/failure';
import type { PerformanceQuery } from '../gql/graphql';
import { Notice, RetryButton } from '../page/notice';
import { PageTitle } from '../page/page-title';
import { ConfusionMatrix } from './confusion-matrix';
import { DisturbancePlot } from './disturbance-plot';
import { FigureTiles } from './figure-tiles';
import { share } from './in-figures';
import { OperatingPoints } from './operating-points';
import { Panel } from './panel';
import { performanceQuery } from './performance-documents';
import classes from './performance-page.module.css';
import { ReliabilityPlot } from './reliability-plot';
import { RocPlot } from './roc-plot';

export function PerformancePage() {
  const { data, error, loading, refetch } = useQuery(performanceQuery);
  if (data) return <Performance {...data} />;
  if (error) {
    return (
      <Notice
        heading={1}
        icon={<IconCloudOff size={28} stroke={1.6} />}
        title="The figures cannot be shown"
        action={<RetryButton onClick={() => void refetch().catch(() => undefined)} loading={loading} />}
      >
        {sentenceFor(error)}
      </Notice>
    );
  }
  return (
    <div role="status" aria-label="Loading the figures">
      <Skeleton height={32} width={260} mb={20} />
      <Skeleton height={110} radius="lg" mb={20} />
      <Skeleton height={400} radius="lg" />
    </div>
  );
}

function Performance({ model, modelReport: report }: PerformanceQuery) {
  return (
    <>
      <PageTitle title="Model performance" text={`${model.id}. ${model.intendedUse}`} />
      {report ? (
        <Report report={report} />
      ) : (
        <Notice icon={<IconChartDots size={28} stroke={1.6} />} title="This model has no report">
          Nobody has measured {model.id} yet, so nothing is known of how often it is right. Run{' '}
          <code>npm run evaluate</code> on labelled images and put what it writes into the report folder of
          the model.
        </Notice>
      )}
      <Panel title="Limits" wide>
        <p className={classes.text}>{model.trainedOn}.</p>
        <ul className={classes.limits}>
          {model.limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

function Report({ report }: { report: NonNullable<PerformanceQuery['modelReport']> }) {
  const { figures, confusion, roc, reliability, sets, operatingPoints, threshold } = report;
  return (
    <>
      <p className={classes.warning}>
        <strong>Not the figures of your hospital.</strong> For a model like this one an AUC of 0.54 was
        published on children of another hospital. Measure it on your own images before you rely on it.
      </p>
      <FigureTiles figures={figures} />
      <p className={classes.text}>
        {figures.images} images of {figures.patients} patients that chose nothing of the model,{' '}
        {share(figures.prior)} with pneumonia, {report.refused} more refused; threshold {threshold}, engine{' '}
        {report.engine}. Intervals are of 95 %, over patients.
      </p>
      <div className={classes.grid}>
        <Panel title="ROC curve">
          <RocPlot points={roc} figures={figures} threshold={threshold} />
        </Panel>
        <Panel title="Confusion matrix">
          <ConfusionMatrix {...confusion} />
        </Panel>
        <Panel title="Reliability">
          <ReliabilityPlot bins={reliability} figures={figures} />
        </Panel>
        <Panel title="Under disturbances, and elsewhere" wide>
          <DisturbancePlot sets={sets} />
        </Panel>
        <Panel title="Thresholds by purpose" wide>
          <OperatingPoints points={operatingPoints} inUse={threshold} />
        </Panel>
      </div>
    </>
  );
}
