import { graphql } from '../gql';

export const destinationLine = graphql(`
  fragment DestinationLine on Destination {
    id
    name
    kind
    enabled
    aeTitle
    callingAeTitle
    host
    port
    tls
    url
    authentication
    secretName
    userName
    issuer
    scope
    audience
    site {
      id
      name
    }
  }
`);

export const destinationsQuery = graphql(`
  query Destinations {
    destinations {
      ...DestinationLine
    }
  }
`);

export const createDestination = graphql(`
  mutation CreateDestination($input: CreateDestinationInput!) {
    createDestination(input: $input) {
      __typename
      ... on DestinationPayload {
        destination {
          ...DestinationLine
        }
      }
      ... on Error {
        message
      }
      ... on InputError {
        field
      }
    }
  }
`);

export const updateDestination = graphql(`
  mutation UpdateDestination($input: UpdateDestinationInput!) {
    updateDestination(input: $input) {
      __typename
      ... on DestinationPayload {
        destination {
          ...DestinationLine
        }
      }
      ... on Error {
        message
      }
      ... on InputError {
        field
      }
    }
  }
`);

export const testDestination = graphql(`
  mutation TestDestination($input: TestDestinationInput!) {
    testDestination(input: $input) {
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

export const lastTest = graphql(`
  query LastTest($destinationId: ID!) {
    deliveries(first: 1, filter: { destinationIds: [$destinationId], contents: [ECHO] }) {
      edges {
        node {
          ...DeliveryLine
        }
      }
    }
  }
`);
