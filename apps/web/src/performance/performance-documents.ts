import { graphql } from '../gql';

export const figuresParts = graphql(`
  fragment Figures on SetFigures {
    name
    images
    patients
    prior
    auc {
      ...Bounds
    }
    accuracy {
      ...Bounds
    }
    sensitivity {
      ...Bounds
    }
    specificity {
      ...Bounds
    }
    precision {
      ...Bounds
    }
    f1 {
      ...Bounds
    }
    ece {
      ...Bounds
    }
  }
`);

export const boundsParts = graphql(`
  fragment Bounds on Interval {
    value
    low
    high
  }
`);

export const performanceQuery = graphql(`
  query Performance {
    model {
      id
      intendedUse
      trainedOn
      limits
    }
    modelReport {
      modelId
      engine
      threshold
      refused
      figures {
        ...Figures
      }
      confusion {
        tp
        fp
        tn
        fn
      }
      roc {
        x
        y
        low
        high
      }
      reliability {
        from
        to
        count
        meanProbability
        observedRate {
          ...Bounds
        }
      }
      sets {
        ...Figures
      }
      operatingPoints {
        purpose
        threshold
        sensitivity {
          ...Bounds
        }
        specificity {
          ...Bounds
        }
        worstSet
        rule
        shortfall
      }
    }
  }
`);
