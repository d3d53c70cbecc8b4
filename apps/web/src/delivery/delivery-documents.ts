import { graphql } from '../gql';

export const deliveryLine = graphql(`
  fragment DeliveryLine on Delivery {
    id
    content
    state
    reason {
      code
      message
    }
    tries
    nextTryAt
    createdAt
    settledAt
    viewerCanRetry
    destination {
      id
      name
      enabled
    }
    study {
      id
      patientReference
    }
    image {
      id
      view
    }
  }
`);

/** Where results go at all, for the places that only have to name them. */
export const knownDestinations = graphql(`
  query KnownDestinations {
    destinations {
      id
      name
      kind
      enabled
      site {
        id
        name
      }
    }
  }
`);

export const retryDelivery = graphql(`
  mutation RetryDelivery($input: RetryDeliveryInput!) {
    retryDelivery(input: $input) {
      __typename
      ... on DeliveryPayload {
        delivery {
          ...DeliveryLine
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

export const studyDeliveries = graphql(`
  query StudyDeliveries($id: ID!) {
    study(id: $id) {
      id
      deliveries {
        ...DeliveryLine
      }
    }
  }
`);
